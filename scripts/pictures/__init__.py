"""Walks every screen of the demo in Chromium and takes its picture, for people to look at after each change.

It also watches: errors in the console, answers nobody asked for, pages wider than a phone. It compares no pictures.
"""
