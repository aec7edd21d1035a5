"""Other programs that run the same networks with the same weights, each behind the same small interface.

One file a peer (`*_peer.py`); what turns a network into a peer's file format is beside it (`*_model.py`). A peer runs
in a process of its own (`worker`), so that no thread pool disturbs another.
"""
