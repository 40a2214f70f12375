"""A library that `gradus bench` measures beside the engine: bench_peer.py sklearn|torch|keras|numpy [fused].

Reads questions from stdin and answers on stdout, a JSON line each; src/cli/bench/job.ts describes them. Every library gets the
same rows in the same order, the same first weights, float32, one thread, and trains by its own usual means.
`bench_peer.py --list` prints the libraries of this Python with their versions.
"""

import importlib.metadata
import json
import os
import sys
import time
import warnings
from pathlib import Path

libraries = {"sklearn": "scikit-learn", "torch": "torch", "keras": "keras", "numpy": "numpy"}
compared_rows = 2000


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


class Training:
    """The arrays of a training job."""

    def __init__(self, folder, job):
        import numpy as np

        read = lambda name: np.fromfile(Path(folder, name), dtype="<i4" if name.endswith("i32") else "<f4")
        self.job = job
        self.y = read("y.f32").reshape(job["rows"], job["outputs"])
        self.weights = [
            (read(f"kernel{i}.f32").reshape(layer["inputs"], layer["units"]), read(f"bias{i}.f32"))
            for i, layer in enumerate(job["layers"])
        ]
        shape = (job["rows"], job["inputs"])
        if job["sparse"]:
            self.parts = (read("values.f32"), read("columns.i32"), read("row_starts.i32"))
            self.x = None
        else:
            self.x = read("x.f32").reshape(shape)

    def compressed(self):
        from scipy.sparse import csr_matrix

        return csr_matrix(self.parts, shape=(self.job["rows"], self.job["inputs"]))

    def dense(self):
        import numpy as np

        if self.x is None:
            values, columns, starts = self.parts
            self.x = np.zeros((self.job["rows"], self.job["inputs"]), dtype=np.float32)
            self.x[np.repeat(np.arange(self.job["rows"]), np.diff(starts)), columns] = values
        return self.x


class Sklearn:
    """MLPClassifier with the given first weights. It has no dropout, so it is spared that work; sparse rows stay sparse."""

    def __init__(self, data):
        from sklearn.neural_network import MLPClassifier

        weights = data.weights

        class GivenStart(MLPClassifier):
            def _init_coef(self, fan_in, fan_out, dtype):
                kernel, bias = next(self.start)
                return kernel.astype(dtype), bias.astype(dtype)

        self.make = GivenStart
        self.weights = weights
        self.job = data.job
        self.x = data.compressed() if data.job["sparse"] else data.dense()
        self.binary = data.job["outputs"] == 1
        self.y = data.y[:, 0].astype(int) if self.binary else data.y.argmax(axis=1)

    def fit(self, epochs):
        job, optimizer = self.job, self.job["optimizer"]
        solver = (
            {"solver": "adam", "epsilon": optimizer["epsilon"]}
            if optimizer["name"] == "adam"
            else {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False}
        )
        model = self.make(
            hidden_layer_sizes=[layer["units"] for layer in job["layers"][:-1]],
            activation={"sigmoid": "logistic"}.get(job["layers"][0]["activation"], job["layers"][0]["activation"]),
            learning_rate_init=optimizer["learningRate"],
            alpha=0.0,
            batch_size=job["batchSize"],
            max_iter=epochs,
            shuffle=False,
            tol=0.0,
            n_iter_no_change=epochs + 1,
            **solver,
        )
        model.start = iter(self.weights)
        started = time.perf_counter()
        model.fit(self.x, self.y)
        return time.perf_counter() - started, model

    def train(self, epochs):
        return self.fit(epochs)[0]

    def predict(self, epochs):
        chances = self.fit(epochs)[1].predict_proba(self.x[:compared_rows])
        return chances[:, 1:] if self.binary else chances


class Torch:
    """nn.Sequential and the usual loop."""

    def __init__(self, data, fused):
        import torch

        torch.set_num_threads(1)
        if torch.get_num_interop_threads() != 1:
            torch.set_num_interop_threads(1)
        self.options = {"fused": True} if fused else {}
        self.job = data.job
        self.weights = [(torch.tensor(kernel.T.copy()), torch.tensor(bias)) for kernel, bias in data.weights]
        self.x = torch.from_numpy(data.dense())
        self.binary = self.job["outputs"] == 1
        self.y = torch.from_numpy(data.y if self.binary else data.y.argmax(axis=1))

    def model(self, with_dropout):
        from torch import nn, no_grad

        acts = {"sigmoid": nn.Sigmoid, "relu": nn.ReLU}
        modules = []
        for i, layer in enumerate(self.job["layers"]):
            linear = nn.Linear(layer["inputs"], layer["units"])
            with no_grad():
                linear.weight.copy_(self.weights[i][0])
                linear.bias.copy_(self.weights[i][1])
            modules.append(linear)
            if i + 1 < len(self.job["layers"]):  # the last activation is within the loss
                modules.append(acts[layer["activation"]]())
            if layer["dropout"] > 0 and with_dropout:
                modules.append(nn.Dropout(layer["dropout"]))
        return nn.Sequential(*modules)

    def fit(self, epochs, with_dropout):
        import torch

        model = self.model(with_dropout)
        model.train()
        settings = self.job["optimizer"]
        if settings["name"] == "adam":
            optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"], eps=settings["epsilon"], **self.options)
        else:
            optimizer = torch.optim.SGD(model.parameters(), lr=settings["learningRate"], **self.options)
        criterion = torch.nn.BCEWithLogitsLoss() if self.binary else torch.nn.CrossEntropyLoss()
        rows, size, x, y = self.job["rows"], self.job["batchSize"], self.x, self.y
        started = time.perf_counter()
        for _ in range(epochs):
            for begin in range(0, rows, size):
                optimizer.zero_grad()
                loss = criterion(model(x[begin : begin + size]), y[begin : begin + size])
                loss.backward()
                optimizer.step()
        return time.perf_counter() - started, model

    def train(self, epochs):
        return self.fit(epochs, True)[0]

    def predict(self, epochs):
        import torch

        model = self.fit(epochs, False)[1].eval()
        with torch.no_grad():
            logits = model(self.x[:compared_rows])
            return (torch.sigmoid(logits) if self.binary else torch.softmax(logits, dim=1)).numpy()


class Keras:
    """Sequential, compile and fit, on TensorFlow."""

    def __init__(self, data):
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        import tensorflow as tf

        try:
            tf.config.threading.set_intra_op_parallelism_threads(1)
            tf.config.threading.set_inter_op_parallelism_threads(1)
        except RuntimeError:
            pass  # already started, by an earlier job of this process, with one thread
        self.job = data.job
        self.weights = [array for pair in data.weights for array in pair]
        self.x, self.y = data.dense(), data.y
        self.models = {}

    def model(self, with_dropout):
        """With the first weights and an optimizer without memory; made once, so that runs do not compile anew."""
        import keras

        with_dropout = with_dropout and any(layer["dropout"] > 0 for layer in self.job["layers"])
        if with_dropout not in self.models:
            layers = [keras.Input((self.job["inputs"],))]
            for layer in self.job["layers"]:
                layers.append(keras.layers.Dense(layer["units"], activation=layer["activation"]))
                if layer["dropout"] > 0 and with_dropout:
                    layers.append(keras.layers.Dropout(layer["dropout"]))
            model = keras.Sequential(layers)
            settings = self.job["optimizer"]
            if settings["name"] == "adam":
                optimizer = keras.optimizers.Adam(float(settings["learningRate"]), epsilon=settings["epsilon"])
            else:
                optimizer = keras.optimizers.SGD(float(settings["learningRate"]))
            loss = {"binaryCrossentropy": "binary_crossentropy", "categoricalCrossentropy": "categorical_crossentropy"}
            model.compile(loss=loss[self.job["loss"]], optimizer=optimizer)
            optimizer.build(model.trainable_variables)
            memory = [variable.numpy() for variable in optimizer.variables]
            self.models[with_dropout] = (model, optimizer, memory)
        model, optimizer, memory = self.models[with_dropout]
        model.set_weights(self.weights)
        for variable, value in zip(optimizer.variables, memory):
            variable.assign(value)
        return model

    def fit(self, epochs, with_dropout):
        model = self.model(with_dropout)
        started = time.perf_counter()
        model.fit(self.x, self.y, batch_size=self.job["batchSize"], epochs=epochs, shuffle=False, verbose=0)
        return time.perf_counter() - started, model

    def train(self, epochs):
        return self.fit(epochs, True)[0]

    def predict(self, epochs):
        return self.fit(epochs, False)[1].predict(self.x[:compared_rows], batch_size=256, verbose=0)


class Product:
    """a · b, `times` times an epoch."""

    def __init__(self, folder, job, library):
        import numpy as np

        size = job["size"]
        self.times = job["times"]
        self.a, self.b = (np.fromfile(Path(folder, name), dtype="<f4").reshape(size, size) for name in ("a.f32", "b.f32"))
        if library == "torch":
            import torch

            torch.set_num_threads(1)
            self.a, self.b = torch.from_numpy(self.a), torch.from_numpy(self.b)

    def train(self, epochs):
        a, b = self.a, self.b
        started = time.perf_counter()
        for _ in range(self.times * epochs):
            a @ b
        return time.perf_counter() - started

    def predict(self, _epochs):
        import numpy as np

        return np.asarray(self.a @ self.b)


def prepare(folder, library, fused):
    job = json.loads(Path(folder, "job.json").read_text(encoding="utf-8"))
    if job["kind"] == "product":
        return Product(folder, job, library)
    data = Training(folder, job)
    if library == "torch":
        return Torch(data, fused)
    return {"sklearn": Sklearn, "keras": Keras}[library](data)


def main(library, fused):
    import numpy as np

    warnings.filterwarnings("ignore")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    prepared = None
    for line in sys.stdin:
        question = json.loads(line)
        answer = {}
        if question["ask"] == "prepare":
            prepared = None  # frees the job before
            prepared = prepare(question["folder"], library, fused)
        elif question["ask"] == "train":
            answer = {"seconds": prepared.train(question["epochs"])}
        else:
            np.ascontiguousarray(prepared.predict(question["epochs"]), dtype="<f4").tofile(question["to"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if sys.argv[1] == "--list":
    found = {name: version(package) for name, package in libraries.items()}
    if found["keras"] is not None:
        found["tensorflow"] = version("tensorflow") or version("tensorflow-cpu")
    print(json.dumps(found))
else:
    main(sys.argv[1], fused=sys.argv[2:] == ["fused"])
