"""The pages that a stranger reads: their words, the week, the price, and a request that is begun and sent later."""
