"""The sample city: a Cangzhou-shaped office with invented people, and papers that read like the real ones.

Hides how they are made. Everything comes in through the doors that an office would use: settings, imports, steps.
"""
