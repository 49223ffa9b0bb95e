"""One model task each: prompt | model | typed answer."""
