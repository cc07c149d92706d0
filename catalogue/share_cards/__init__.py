"""Pictures for networks: what a link to us looks like in a chat, on that day."""
