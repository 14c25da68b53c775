/** A dataset that a Map cannot read: `States.ItemReaderFailed`, with this message as its cause. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
