"""What a message is for: one of eleven intents, with calibrated probabilities."""

from engine.intent.classifier import IntentClassifier
from engine.intent.context import TurnContext

__all__ = ["IntentClassifier", "TurnContext"]
