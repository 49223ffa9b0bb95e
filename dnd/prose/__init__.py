"""English prose as data: words, sentences, stems, reading grades, and whether a text says a thing."""
