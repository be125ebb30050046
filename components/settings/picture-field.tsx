'use client'

import { ImageUp } from 'lucide-react'
import { type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { PICTURE_TYPES } from '@/lib/pictures/model'
import { FieldErrorText } from './field-error-text'
import { ProblemNotice } from './problem-notice'
import { type PictureActions, usePictureChange } from './use-picture-change'

export type PictureFieldProps = PictureActions & {
  /** "Logo", "Picture". */
  label: string
  /** Whose picture it is: their initials stand where there is none. */
  name: string
  seed?: string | undefined
  shape: 'round' | 'square'
  pictureId: string | null
}

/** A picture to drop, paste or pick. It is saved as soon as it is chosen. One a page, because of pasting. */
export function PictureField({
  label,
  name,
  seed,
  shape,
  pictureId,
  upload,
  remove,
}: PictureFieldProps) {
  const change = usePictureChange({ upload, remove })
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const pick = useRef<HTMLButtonElement>(null)
  const id = useId()
  const noun = label.toLowerCase()
  usePastedPicture(change.choose)

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file) change.choose(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button as its other way
    <div
      className={cn(
        'flex flex-col gap-4 rounded-lg border border-strong border-dashed p-4 sm:flex-row sm:items-center',
        over && 'border-focus bg-hover',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Preview {...{ name, seed, shape, pictureId }} preview={change.preview} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <Button
            ref={pick}
            loading={change.busy === 'uploading'}
            aria-describedby={`${id}-hint ${id}-error`}
            onClick={() => input.current?.click()}
          >
            <ImageUp aria-hidden />
            {pictureId ? `Replace ${noun}` : `Upload ${noun}`}
          </Button>
          {pictureId ? (
            <Button
              variant="ghost"
              loading={change.busy === 'removing'}
              onClick={() => {
                // It goes away with the picture, and the focus would go with it.
                pick.current?.focus()
                change.remove()
              }}
            >
              Remove
            </Button>
          ) : null}
        </div>
        <p id={`${id}-hint`} className="text-muted text-xs">
          Or drop or paste one here. PNG, JPEG, WebP, GIF or AVIF, up to 5 MB, cropped to a square.
        </p>
        <FieldErrorText id={`${id}-error`}>{change.complaint}</FieldErrorText>
        <ProblemNotice problem={change.problem} title={`The ${noun} was not changed`} />
        <output className="sr-only">{spoken(label, change)}</output>
      </div>
      <input
        ref={input}
        type="file"
        accept={PICTURE_TYPES.join(',')}
        aria-label={label}
        tabIndex={-1}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.item(0)
          if (file) change.choose(file)
          // The same file may be chosen again after a failure.
          event.target.value = ''
        }}
      />
    </div>
  )
}

function spoken(label: string, { busy, done }: ReturnType<typeof usePictureChange>): string {
  if (busy) return busy === 'uploading' ? 'Uploading…' : 'Removing…'
  if (!done) return ''
  return done === 'uploaded' ? `${label} saved` : `${label} removed`
}

type PreviewProps = Pick<PictureFieldProps, 'name' | 'seed' | 'shape' | 'pictureId'> & {
  preview: string | null
}

function Preview({ preview, shape, ...avatar }: PreviewProps) {
  if (!preview) return <Avatar {...avatar} shape={shape} size="lg" />
  return (
    // biome-ignore lint/performance/noImgElement: not yet stored anywhere
    <img
      src={preview}
      alt=""
      width={56}
      height={56}
      className={cn(
        'size-14 shrink-0 animate-pulse object-cover',
        shape === 'round' ? 'rounded-full' : 'rounded-md',
      )}
    />
  )
}

/** A picture from the clipboard, wherever on the page it is pasted; not while somebody is writing. */
function usePastedPicture(choose: (file: File) => void) {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const file = event.clipboardData?.files.item(0)
    const writing = event.target instanceof Element && event.target.closest('input, textarea')
    if (!file || writing) return
    event.preventDefault()
    choose(file)
  })
  // The browser's clipboard is the external system.
  useEffect(() => {
    const listen = (event: ClipboardEvent) => paste(event)
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [])
}
