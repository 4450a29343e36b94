"""The pages of control charts and of the decisions behind them."""
