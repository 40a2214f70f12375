"""Times scikit-learn's MLPClassifier on the course's iris job: 4-16-3, Adam, batch 1, 50 epochs. One JSON line."""

import json
import sys
import time
import warnings

import sklearn
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
runs = int(sys.argv[1])
x, y = load_iris(return_X_y=True)
seconds, accuracies = [], []
for seed in range(runs + 1):
    model = MLPClassifier(
        hidden_layer_sizes=(16,),
        activation="relu",
        solver="adam",
        learning_rate_init=0.001,
        alpha=0.0,
        batch_size=1,
        max_iter=50,
        tol=0.0,
        n_iter_no_change=1_000,
        random_state=seed,
    )
    started = time.perf_counter()
    model.fit(x, y)
    if seed > 0:  # the first run warms up
        seconds.append(time.perf_counter() - started)
        accuracies.append(model.score(x, y))
print(json.dumps({"peer": f"scikit-learn {sklearn.__version__}", "seconds": seconds, "accuracies": accuracies}))
