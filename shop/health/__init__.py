"""Whether the shop is alive and ready, for load balancers and monitors."""
