"""Problems and measures, always for somebody; what their steps ask; what was adopted of a plan."""
