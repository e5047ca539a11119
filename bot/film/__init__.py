"""Films of the exercises: key frames become a drawn, moving figure."""
