"""What an operator sees of the running shop: logs, metrics, error mails, Sentry."""
