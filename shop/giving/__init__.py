"""Giving: who gets a gift, where and when, with what words; the papers that go with it."""
