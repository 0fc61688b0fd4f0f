package phone

import (
	"bytes"
	"image"
	"image/jpeg"
)

// thumbnailSide is the longer side of a photo's small size, in pixels.
const thumbnailSide = 90

// thumbnail makes the small size of a photo, by picking pixels; false if the photo is no larger.
func thumbnail(f file) (file, bool) {
	longer := max(f.width, f.height)
	if longer <= thumbnailSide {
		return file{}, false
	}
	whole, _, err := image.Decode(bytes.NewReader(f.data))
	if err != nil {
		return file{}, false
	}
	w, h := max(f.width*thumbnailSide/longer, 1), max(f.height*thumbnailSide/longer, 1)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	from := whole.Bounds()
	for y := range h {
		for x := range w {
			small.Set(x, y, whole.At(from.Min.X+x*from.Dx()/w, from.Min.Y+y*from.Dy()/h))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, nil); err != nil {
		return file{}, false
	}
	return file{kind: Photo, mime: "image/jpeg", data: out.Bytes(), width: w, height: h}, true
}
