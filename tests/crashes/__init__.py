"""The program is killed in the middle of what it does; nothing may be lost, doubled or half."""
