package picture

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// chinese is Droid Sans Fallback of the Android Open Source Project, under the Apache License 2.0; see font/LICENSE. It has no
// Latin letters: those are drawn in Go Regular, which is under the licence of Go. It is kept compressed, for the size of the binary.
//
//go:embed font/DroidSansFallback.ttf.gz
var chinese []byte

// size is one of the sizes in which is written.
type size int

const (
	large size = iota
	small
	tiny
	sizes
)

var points = [sizes]float64{34, 27, 22}

// fonts are the two fonts in their order of preference. Unlike faces they are safe for concurrent use.
type fonts [2]*sfnt.Font

var load = sync.OnceValues(func() (fonts, error) {
	var all fonts
	han, err := unzip(chinese)
	if err != nil {
		return all, fmt.Errorf("decompress the Chinese font: %w", err)
	}
	for i, data := range [][]byte{goregular.TTF, han} {
		f, err := opentype.Parse(data)
		if err != nil {
			return all, fmt.Errorf("parse font %d: %w", i, err)
		}
		all[i] = f
	}
	return all, nil
})

func unzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// pen writes on one picture.
type pen struct {
	img   draw.Image
	fonts fonts
}

// write draws words with their baseline at y, and cuts what does not fit.
func (p pen) write(x, y int, s size, c color.Color, words string) {
	p.runs(s, words, func(f font.Face, run string, at fixed.Int26_6) {
		d := font.Drawer{Dst: p.img, Src: image.NewUniform(c), Face: f, Dot: fixed.Point26_6{X: fixed.I(x) + at, Y: fixed.I(y)}}
		d.DrawString(run)
	})
}

// right draws words that end at x.
func (p pen) right(x, y int, s size, c color.Color, words string) {
	p.write(x-p.width(s, words), y, s, c, words)
}

func (p pen) width(s size, words string) int {
	return p.runs(s, words, func(font.Face, string, fixed.Int26_6) {}).Ceil()
}

// runs cuts words into runs of one font, and returns their width.
func (p pen) runs(s size, words string, each func(f font.Face, run string, at fixed.Int26_6)) fixed.Int26_6 {
	var faces [2]font.Face
	var buf sfnt.Buffer
	for i, f := range p.fonts {
		// The options are right and the font was parsed: there is no error to come.
		faces[i], _ = opentype.NewFace(f, &opentype.FaceOptions{Size: points[s], DPI: 72, Hinting: font.HintingFull})
	}
	var at fixed.Int26_6
	flush := func(which int, run string) {
		if run != "" {
			each(faces[which], run, at)
			at += font.MeasureString(faces[which], run)
		}
	}
	start, which := 0, 0
	for i, r := range words {
		has := 0
		if n, err := p.fonts[0].GlyphIndex(&buf, r); err != nil || n == 0 {
			has = 1
		}
		if has != which {
			flush(which, words[start:i])
			start, which = i, has
		}
	}
	flush(which, words[start:])
	return at
}
