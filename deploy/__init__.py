"""Tools of whoever deploys the bot: none of them runs with it, but the daily copy."""
