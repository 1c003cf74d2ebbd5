/**
 * Columns as kubectl prints them: text/tabwriter with minimum width 6, tab width 4, padding 3 and spaces.
 * Source: k8s.io/cli-runtime/pkg/printers/tabwriter.go (GetNewTabWriter).
 */

const MIN_WIDTH = 6;
const PADDING = 3;

/** How columns are measured and parted. */
export interface TableOptions {
  /** Smallest width of a column with its padding; tabwriter's minwidth. Default 6. */
  readonly minWidth?: number;
  /** Spaces between a column's longest cell and the next column. Default 3. */
  readonly padding?: number;
}

/**
 * Rows as aligned lines, each ending in a line feed. A cell is padded only when another follows it in its row,
 * and a row with fewer cells ends the column block, as in tabwriter: columns below it are measured anew.
 */
export function formatTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  const minWidth = options.minWidth ?? MIN_WIDTH;
  const padding = options.padding ?? PADDING;
  const widths = rows.map((row) => new Array<number>(Math.max(0, row.length - 1)).fill(0));
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  for (let column = 0; column < columns - 1; column++) measureColumn(rows, widths, column, minWidth, padding);
  return rows.map((row, i) => `${row.map((cell, j) => padCell(cell, widths[i]?.[j])).join("")}\n`).join("");
}

function measureColumn(rows: readonly (readonly string[])[], widths: number[][], column: number, minWidth: number, padding: number): void {
  let blockStart = -1;
  let width = 0;
  for (let i = 0; i <= rows.length; i++) {
    const row = rows[i];
    if (row !== undefined && column < row.length - 1) {
      if (blockStart < 0) {
        blockStart = i;
        width = 0;
      }
      width = Math.max(width, textWidth(row[column] ?? ""));
      continue;
    }
    if (blockStart < 0) continue;
    const padded = width === 0 && minWidth === 0 ? 0 : Math.max(minWidth, width + padding);
    for (let j = blockStart; j < i; j++) (widths[j] ?? [])[column] = padded;
    blockStart = -1;
  }
}

function padCell(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + " ".repeat(Math.max(0, width - textWidth(cell)));
}

/** Width in characters (code points), as tabwriter counts them. */
export function textWidth(text: string): number {
  let width = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < text.length) {
      width--;
      i++;
    }
  }
  return width;
}
