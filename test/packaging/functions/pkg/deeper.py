word = "thing"
