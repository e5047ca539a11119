"""What an editor is told beside what forbids a folder to load: words, reading ease, ways, gaps."""
