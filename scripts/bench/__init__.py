"""What the service costs beside the least that does the same job: a bare LangServe route over a graph."""
