'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { notify } from './notify'

export type LazyOverlayOptions<Props> = {
  /** Says whether these props open it; by default every mounting does. */
  opens?: ((props: Props) => boolean) | undefined
  /** Called when the code could not be fetched, after the person was told: nothing has opened. */
  close: (props: Props) => void
}

export type LazyOverlay<Props> = ComponentType<Props> & { preload: () => Promise<void> }

/**
 * A dialog, sheet or drawer whose code comes when it is first opened, and stays mounted from then on so
 * that it can close with its animation. Not next/dynamic: React holds back what has suspended (300 ms),
 * and an overlay that mounts so late no longer finds the focus on what opened it, where it must return.
 * A failed fetch is tried again at the next opening.
 */
export function lazyOverlay<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { opens = () => true, close }: LazyOverlayOptions<Props>,
): LazyOverlay<Props> {
  let code: ComponentType<Props> | undefined
  async function preload() {
    code ??= await load()
  }
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each overlay, by its module
  function LazyOverlay(props: Props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props>>()
    const wanted = opens(props) && Loaded === undefined
    // The network is the external system.
    // biome-ignore lint/correctness/useExhaustiveDependencies: the fetch depends on no other prop
    useEffect(() => {
      if (!wanted) return
      let current = true
      preload().then(
        () => current && setLoaded(() => code),
        () => {
          if (!current) return
          notify.error('It could not be opened', {
            description: 'The server could not be reached. Try again.',
          })
          close(props)
        },
      )
      return () => {
        current = false
      }
    }, [wanted])
    return Loaded ? <Loaded {...props} /> : null
  }
  return Object.assign(LazyOverlay, { preload })
}
