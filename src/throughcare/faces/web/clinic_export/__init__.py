"""The page of exports of the whole clinic."""
