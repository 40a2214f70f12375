/** A run of points; consecutive ones are joined. */
export type Polyline = readonly (readonly [number, number])[];

/**
 * The curve f = 0 through a grid of samples, by marching squares: in each cell of the grid the curve enters and leaves
 * through edges whose ends differ in sign, at the linearly interpolated place. The pieces are joined into polylines.
 *
 * W. E. Lorensen, H. E. Cline, "Marching cubes: a high resolution 3D surface construction algorithm", SIGGRAPH 1987,
 * in two dimensions. A saddle (all four edges crossed) is decided by the mean of its corners.
 *
 * @param values f row by row: `values[row * xs.length + col]` is f(xs[col], ys[row]); 0 counts as positive.
 */
export function zeroContour(
  xs: readonly number[],
  ys: readonly number[],
  values: ArrayLike<number>,
): Polyline[] {
  const width = xs.length;
  const points = new Map<number, readonly [number, number]>();
  const neighbours = new Map<number, number[]>();
  // Edge 2n runs from grid point n to the right, edge 2n + 1 from grid point n upwards.
  const cross = (edge: number): number => {
    if (points.has(edge)) return edge;
    const from = edge >> 1;
    const to = edge % 2 === 0 ? from + 1 : from + width;
    const part = values[from] / (values[from] - values[to]);
    const [c0, r0, c1, r1] = [from % width, Math.floor(from / width), to % width, Math.floor(to / width)];
    points.set(edge, [xs[c0] + part * (xs[c1] - xs[c0]), ys[r0] + part * (ys[r1] - ys[r0])]);
    return edge;
  };
  const link = (a: number, b: number): void => {
    for (const [from, to] of [
      [cross(a), cross(b)],
      [b, a],
    ]) {
      const list = neighbours.get(from);
      if (list === undefined) neighbours.set(from, [to]);
      else list.push(to);
    }
  };
  for (let row = 0; row + 1 < ys.length; row += 1) {
    for (let col = 0; col + 1 < width; col += 1) {
      const corner = row * width + col;
      const corners = [corner, corner + 1, corner + width + 1, corner + width];
      const above = corners.map((n) => values[n] >= 0);
      const edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + width), 2 * corner + 1];
      const crossed = edges.filter((_, side) => above[side] !== above[(side + 1) % 4]);
      if (crossed.length === 2) link(crossed[0], crossed[1]);
      if (crossed.length === 4) {
        const middle = corners.reduce((total, n) => total + values[n], 0) >= 0;
        const turn = middle === above[0] ? 1 : 0;
        link(edges[0], edges[turn === 1 ? 1 : 3]);
        link(edges[2], edges[turn === 1 ? 3 : 1]);
      }
    }
  }
  return joined(points, neighbours);
}

function joined(
  points: ReadonlyMap<number, readonly [number, number]>,
  neighbours: ReadonlyMap<number, readonly number[]>,
): Polyline[] {
  const seen = new Set<number>();
  const walk = (start: number): Polyline => {
    const line = [points.get(start)!];
    seen.add(start);
    let here = start;
    for (;;) {
      const next = neighbours.get(here)!.find((edge) => !seen.has(edge));
      if (next === undefined) break;
      seen.add(next);
      line.push(points.get(next)!);
      here = next;
    }
    // A ring ends where it began.
    if (line.length > 2 && neighbours.get(here)!.includes(start)) line.push(points.get(start)!);
    return line;
  };
  const ends = [...neighbours].filter(([, list]) => list.length === 1).map(([edge]) => edge);
  const lines: Polyline[] = [];
  for (const edge of [...ends, ...neighbours.keys()]) if (!seen.has(edge)) lines.push(walk(edge));
  return lines;
}
