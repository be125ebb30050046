'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'

export type DropAreaProps = {
  onFile: (file: File) => void
  children: ReactNode
}

/** A field that takes a file as well. */
export function DropArea({ onFile, children }: DropAreaProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button as its other way
    <div
      className={cn(
        'flex flex-col gap-3 rounded-lg border border-strong border-dashed p-4',
        over && 'border-focus bg-hover',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => input.current?.click()}>
          <FileUp aria-hidden />
          Choose a file
        </Button>
        <span className="text-muted text-xs">Or drop one here. 500 cases and 5 MB at most.</span>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,application/json,text/csv"
        aria-label="File with cases"
        tabIndex={-1}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.item(0)
          if (file) onFile(file)
          // The same file may be chosen again after it was mended.
          event.target.value = ''
        }}
      />
    </div>
  )
}
