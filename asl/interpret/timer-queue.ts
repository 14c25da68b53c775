interface Entry<T> {
  readonly item: T;
  readonly sequence: number;
}

/** Items in order of their time; of the same time, in the order in which they were added. A binary heap. */
export class TimerQueue<T extends { readonly at: number }> {
  readonly #heap: Entry<T>[] = [];
  #sequence = 0;

  add(item: T): void {
    const heap = this.#heap;
    let at = heap.length;
    const entry = { item, sequence: this.#sequence++ };
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent] as Entry<T>)) break;
      heap[at] = heap[parent] as Entry<T>;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The first item, after those in front that may be dropped have been. */
  peek(droppable: (item: T) => boolean): T | undefined {
    while (this.#heap[0] !== undefined && droppable(this.#heap[0].item)) this.take();
    return this.#heap[0]?.item;
  }

  take(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry<T>, heap[child] as Entry<T>)) child++;
      if (!before(heap[child] as Entry<T>, last)) break;
      heap[at] = heap[child] as Entry<T>;
      at = child;
    }
    heap[at] = last;
    return first.item;
  }
}

function before<T extends { readonly at: number }>(a: Entry<T>, b: Entry<T>): boolean {
  return a.item.at < b.item.at || (a.item.at === b.item.at && a.sequence < b.sequence);
}
