"""The front door for programs: load a policy, decide over data, explain, simulate.

    import zhunsheng

    policy = zhunsheng.load("selection.policy")
    decisions = zhunsheng.run(policy, ["candidates.csv"])
"""
