"""Whom a row of a list means: probabilistic record linkage (Fellegi and Sunter) over an index of the register.

names, births → how two values compare · weights → what that is worth · frequencies → how common a name is here ·
linking → the person of one row · claims → the rows of one list against each other. None of them knows the database.
"""
