"""Films of the exercises: key frames become a drawn, moving figure. Nothing of it runs with the bot."""
