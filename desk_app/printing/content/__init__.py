"""What a sheet says, before anybody knows how wide a letter is."""
