"""zhengwen: statistics in Chinese government news, one row per figure."""
