/** Text whose `quoted` parts are code. */
export function InlineText({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text never move
      <code key={index} className="rounded-sm bg-inset px-1 py-px text-xs [overflow-wrap:anywhere]">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
