"""Offers near and past their last day, looked after every day."""

from prefect import State, flow

from tasks.housekeeping import end_offers, remind_clients, said


@flow(name="expire-proposals", flow_run_name="expire-proposals", persist_result=False)
def expire_proposals() -> State[None]:
    """End the offers whose last day is over. Run again, or late, it comes to the same."""
    return said(end_offers())


@flow(name="remind-clients", flow_run_name="remind-clients", persist_result=False)
def remind_of_offers() -> State[None]:
    """Draft a reminder for each offer near its last day, once each; nothing goes out before a person approves it."""
    return said(remind_clients())
