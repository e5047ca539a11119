"""Does a message name an acute symptom? Pure; driven by lexicons that clinicians can edit."""
