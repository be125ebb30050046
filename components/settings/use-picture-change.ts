'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { PICTURE_COMPLAINTS, PICTURE_MAX_BYTES, PICTURE_TYPES } from '@/lib/pictures/model'
import { type ActionProblem, attempt, errorAt, type Outcome } from './action-outcome'

export type PictureActions = {
  /** Takes a form with the file in its field `picture`. */
  upload: (form: FormData) => Promise<Outcome<unknown>>
  remove: () => Promise<Outcome<unknown>>
}

export interface PictureChange {
  busy: 'uploading' | 'removing' | null
  /** A data URL of what is on its way to the server. */
  preview: string | null
  /** What is wrong with the file. */
  complaint: string | null
  /** A refusal that is not about the file. */
  problem: ActionProblem | null
  /** What was done last, for those who do not see it. */
  done: 'uploaded' | 'removed' | null
  choose: (file: File) => void
  remove: () => void
}

/** Changing a picture: each choice is saved at once, and the page is asked for anew. */
export function usePictureChange({ upload, remove }: PictureActions): PictureChange {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [act, setAct] = useState<'uploading' | 'removing'>('uploading')
  const [preview, setPreview] = useState<string | null>(null)
  const [complaint, setComplaint] = useState<string | null>(null)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [done, setDone] = useState<'uploaded' | 'removed' | null>(null)

  function settle(outcome: Outcome<unknown>, success: 'uploaded' | 'removed') {
    if (outcome.ok) {
      setDone(success)
      // In the same transition: the preview stays until the page with the stored picture is there.
      startTransition(() => router.refresh())
      return
    }
    const aboutFile = errorAt(outcome.problem, '/picture')
    if (aboutFile) setComplaint(aboutFile)
    else setProblem(outcome.problem)
  }
  function begin(next: 'uploading' | 'removing') {
    setAct(next)
    setComplaint(null)
    setProblem(null)
    setDone(null)
  }
  return {
    busy: pending ? act : null,
    preview: pending && act === 'uploading' ? preview : null,
    complaint,
    problem,
    done: pending ? null : done,
    choose(file) {
      if (pending) return
      begin('uploading')
      const found = complaintAbout(file)
      if (found) return setComplaint(found)
      setPreview(null)
      startTransition(async () => {
        const shown = await dataUrlOf(file)
        setPreview(shown)
        const form = new FormData()
        form.set('picture', file)
        settle(await attempt(() => upload(form)), 'uploaded')
      })
    },
    remove() {
      if (pending) return
      begin('removing')
      startTransition(async () => settle(await attempt(remove), 'removed'))
    },
  }
}

/** What the server would say too, without sending the file first. */
function complaintAbout(file: File): string | null {
  if (!PICTURE_TYPES.some((type) => type === file.type)) return PICTURE_COMPLAINTS.format
  return file.size > PICTURE_MAX_BYTES ? PICTURE_COMPLAINTS.large : null
}

/** Not an object URL: the page's policy shows pictures of this site and data only. */
function dataUrlOf(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null)
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(file)
  })
}
