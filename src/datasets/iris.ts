import { Matrix } from "../engine/index.js";
import { numericColumn, parseCsv, textColumn } from "./csv.js";
import type { Dataset } from "./dataset.js";
import { labelEncode, oneHot } from "./encoding.js";
import { readPackagedData } from "./files.js";

/**
 * Fisher's iris: 150 flowers, 4 lengths in centimetres, 3 species of 50 flowers each.
 * `x` is `[150, 4]`, `y` one-hot `[150, 3]`, both float64, in the order of the table: setosa, versicolor, virginica.
 * `data/iris/README.md` is the data card.
 *
 * Source: R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7(2),
 * 179-188; figures as in scikit-learn's `load_iris`.
 *
 * @example
 * import { loadIris } from "gradus";
 * const iris = loadIris();
 * console.log(iris.x.shape, iris.featureNames);
 * // [ 150, 4 ] [ 'sepal_length', 'sepal_width', 'petal_length', 'petal_width' ]
 * console.log(iris.x.row(0), iris.labels[0]); // [ 5.1, 3.5, 1.4, 0.2 ] setosa
 */
export function loadIris(): Dataset {
  const table = parseCsv(readPackagedData("iris/iris.csv"), { source: "data/iris/iris.csv" });
  const labelColumn = "species";
  const featureNames = table.header.filter((name) => name !== labelColumn);
  const columns = featureNames.map((name) => numericColumn(table, name));
  const labels = textColumn(table, labelColumn);
  const { codes, classes } = labelEncode(labels);
  return {
    name: "iris",
    source: "R. A. Fisher (1936), Annals of Eugenics 7(2), 179-188; figures as in scikit-learn's load_iris",
    x: Matrix.from(labels.map((_, row) => columns.map((column) => column[row]))),
    y: oneHot(labels, { classes }),
    labels,
    codes,
    featureNames,
    classNames: classes,
  };
}
