"""What any business application needs: people, units, audit, policies, periods, pages."""
