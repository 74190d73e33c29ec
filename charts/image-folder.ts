/** A folder that another image brings into pods of Kafka. */
export class ImageFolder {
  /**
   * Copied from the image when a pod starts, on any version of Kubernetes; the image has `sh` and `cp`.
   *
   * @param image by digest in production
   * @param path folder in that image; by default the place where the pod needs it
   */
  public static copied(image: string, path?: string): ImageFolder {
    return new ImageFolder(image, 'init-container', path);
  }

  /**
   * The image itself, mounted; on Kubernetes 1.35 and later. Nothing of it runs.
   *
   * @param image by digest in production
   * @param path folder in that image; by default the place where the pod needs it
   */
  public static mounted(image: string, path?: string): ImageFolder {
    return new ImageFolder(image, 'image-volume', path);
  }

  private constructor(
    /** The image. */
    public readonly image: string,
    private readonly delivery: string,
    private readonly path?: string,
  ) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    const { image, delivery, path } = this;
    return { image, delivery, ...(path === undefined ? {} : { path }) };
  }
}
