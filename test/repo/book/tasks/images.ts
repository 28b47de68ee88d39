/** A picture and where it lies. */
export interface Image {
  url: string;
  width: number;
  taken?: Date;
}

/**
 * A smaller copy of a picture.
 * @task { queue: "images", maxRetries: 5, timeLimit: "30s" }
 */
export async function resize(url: string, width: number): Promise<Image> {
  return { url: `${url}?width=${width}`, width };
}

/**
 * One page that shows many pictures.
 * @task
 */
export async function gallery(images: Image[], title: string): Promise<string> {
  return `${title}: ${images.length} pictures`;
}
