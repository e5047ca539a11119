"""Finds answers by the words of a question: stems, slips, other alphabets and keyboards."""
