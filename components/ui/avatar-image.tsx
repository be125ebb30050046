'use client'

import { useState } from 'react'

export type AvatarImageProps = { src: string; side: number }

/** Covers the initials below it; where it cannot be loaded it leaves them in sight. */
export function AvatarImage({ src, side }: AvatarImageProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (failed === src) return null
  return (
    // biome-ignore lint/performance/noImgElement: made by us in this very size
    <img
      // What failed before React was there has told nobody.
      ref={(image) => {
        if (image?.complete && image.naturalWidth === 0) setFailed(src)
      }}
      onError={() => setFailed(src)}
      src={src}
      alt=""
      width={side}
      height={side}
      className="absolute inset-0 size-full bg-surface object-cover"
    />
  )
}
