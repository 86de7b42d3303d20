"""Checks of a rule that need its patterns compiled and its detector imported.

They cost start-up time, so the packs that ship are checked by the test suite instead.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

import regex

from scrubber import detectors
from scrubber.rules import KEYS, Rule, WrongRuleError, nearest

_PATTERNS = ("match", "pattern", "not_after", "lead", "led")


def check(rule: Rule) -> None:
    """Make the checks that need patterns compiled and detectors imported.

    Raises:
        WrongRuleError: a pattern does not compile, or the detector takes no such parameter.
    """
    try:
        detector = detectors.get(rule.detector)
    except KeyError:
        problem = f'no detector "{rule.detector}"{nearest(rule.detector, detectors.names())}'
        raise WrongRuleError("detector", problem) from None
    except Exception as error:  # code of an installed package
        problem = f"{rule.detector} cannot be used: {type(error).__name__}: {error}"
        raise WrongRuleError("detector", problem) from None
    _check_params(rule, inspect.signature(detector).parameters)
    patterns = [("unless", pattern) for pattern in rule.unless]
    patterns += [(name, rule.params[name]) for name in _PATTERNS if name in rule.params]
    patterns += [("phrases", phrase) for phrase in rule.params.get("phrases", ())]
    for key, pattern in patterns:
        try:
            compiled = regex.compile(pattern)
        except (regex.error, RecursionError) as error:
            raise WrongRuleError(key, f"not a regular expression: {error}") from None
        if key == "match":
            _check_templates(compiled, rule.params.get("replace", ()))
    if rule.gate:
        _check_gate(rule.gate)


def _check_gate(gate: str) -> None:
    """Check a gate where there is RE2 to check it by; elsewhere no gate is ever used."""
    try:
        import re2
    except ImportError:
        return
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(gate, options)
    except re2.error as error:
        problem = f"not a regular expression of RE2: {str(error).strip(chr(39))}"
        raise WrongRuleError("gate", problem) from None


def _check_params(rule: Rule, signature: Mapping[str, Any]) -> None:
    """Check the names and types of a rule's parameters against its detector's annotations."""
    known = [name for name in signature if name != "document"]
    for name, value in rule.params.items():
        if name not in known:
            raise WrongRuleError(f"params.{name}", f"unknown key{nearest(name, known)}")
        wanted = str(signature[name].annotation)
        fits, problem = True, ""
        if wanted.startswith("Literal"):
            choices = regex.findall(r"[\"\'](.*?)[\"\']", wanted)
            fits, problem = value in choices, f"must be one of {', '.join(filter(None, choices))}"
        elif wanted in _ANNOTATIONS:
            types, label = _ANNOTATIONS[wanted]
            fits, problem = type(value) in types, f"must be a {label}"
        elif wanted == "Sequence[str]":
            fits = isinstance(value, list) and all(isinstance(text, str) for text in value)
            problem = "must be a list of texts"
        elif wanted == "Sequence[float]":
            fits = isinstance(value, list) and all(type(item) in (int, float) for item in value)
            problem = "must be a list of numbers"
        if not fits:
            raise WrongRuleError(f"params.{name}" if name not in KEYS else name, problem)
    for name in known:
        if name not in rule.params and signature[name].default is signature[name].empty:
            raise WrongRuleError(
                f"params.{name}", f'is missing; the detector "{rule.detector}" needs it'
            )


_ANNOTATIONS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "text"),
    "int": ((int,), "whole number"),
    "float": ((int, float), "number"),
    "bool": ((bool,), "truth value"),
}


def _check_templates(pattern: regex.Pattern[str], templates: Iterable[str]) -> None:
    for template in templates:
        try:
            regex.compile(f"(?:{pattern.pattern})|").sub(template, "")
        except Exception as error:  # regex raises many kinds for a bad template
            raise WrongRuleError(
                "replace", f'"{template}" does not fit the pattern: {error}'
            ) from None
