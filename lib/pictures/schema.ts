import { z } from 'zod'
import { PICTURE_COMPLAINTS, PICTURE_MAX_BYTES } from '@/lib/pictures/model'

/** A form with one file in its field `picture`; gives the file's bytes. */
export const pictureFormSchema = z.instanceof(FormData).transform(async (form, checked) => {
  const file = form.get('picture')
  const complain = (message: string) => {
    checked.addIssue({ code: 'custom', path: ['picture'], message })
    return z.NEVER
  }
  if (!(file instanceof Blob) || file.size === 0) return complain(PICTURE_COMPLAINTS.missing)
  if (file.size > PICTURE_MAX_BYTES) return complain(PICTURE_COMPLAINTS.large)
  return { picture: new Uint8Array(await file.arrayBuffer()) }
})
