"""What language models are worth under the guard, and without it.

    python -m tests.evaluation run --base-url URL --name Qwen2.5-1.5B --draft shangyu:2019H1 --draft demo:2020H1
    python -m tests.evaluation broken-off --name Qwen2.5-1.5B --draft shangyu:2019H1
    python -m tests.evaluation table        # the results so far, for the README
    python -m tests.evaluation sample       # sentences that passed, to be judged by reading

`run` needs an OpenAI-compatible endpoint. It writes a report with the model as `narrate draft` would, and from the
very same first answers another one with the guard off; both are checked. Results go to tests/evaluation/results/, one
file a model; a run that was broken off goes on where it stopped. `sample` draws sentences that a model wrote and the
guard let pass into tests/evaluation/judged.csv; a person reads each against the facts beside it and enters in the column
`holds` whether all that it says is carried by facts or materials (yes or no), with a note where it is not.
"""
