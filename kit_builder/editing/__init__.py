"""What the form for people who write no code is made from: the fields, the sentences, and the invitation to look at."""
