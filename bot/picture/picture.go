// Package picture draws a repayment plan as a PNG that can be read on a phone.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// Chart is what is drawn: words in the reader's language.
type Chart struct {
	Title    string
	Sub      []string // under the title
	Done, Of int64    // the bar
	Rows     []Row
}

// Row is an instalment.
type Row struct {
	Left, Right string // number and date; amount
	Status      string
	Mark        Mark
}

// Mark chooses a row's colour and sign. It takes the names of ledger.Status; any other is drawn as coming.
type Mark string

// Marks that are not drawn as coming.
const (
	Due      Mark = "due"
	Reported Mark = "reported"
	Paid     Mark = "paid"
	Partly   Mark = "partly"
	Late     Mark = "late"
	Moved    Mark = "moved"
	Waived   Mark = "waived"
)

// Sizes in pixels. Telegram scales a photo to the phone's width, of which 720 pixels are some 18 columns of Chinese.
const (
	width  = 720
	margin = 36
	row    = 64
)

var (
	paper  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink    = color.RGBA{0x22, 0x2b, 0x33, 0xff}
	faint  = color.RGBA{0x6b, 0x77, 0x82, 0xff}
	line   = color.RGBA{0xe3, 0xe8, 0xec, 0xff}
	green  = color.RGBA{0x1f, 0x8a, 0x5b, 0xff}
	blue   = color.RGBA{0x2a, 0x6f, 0xc9, 0xff}
	orange = color.RGBA{0xb8, 0x5c, 0x00, 0xff}
)

// hue is the colour of a mark. What is late is shown without alarm: nothing here is red.
func hue(m Mark) color.RGBA {
	switch m {
	case Paid, Waived:
		return green
	case Reported, Partly, Moved:
		return blue
	case Due, Late:
		return orange
	}
	return faint
}

// Draw draws a plan. Characters that the fonts lack are drawn as empty boxes.
func Draw(c Chart) ([]byte, error) {
	faces, err := load()
	if err != nil {
		return nil, err
	}
	p := pen{fonts: faces}
	title, sub := p.wrap(large, c.Title, width-2*margin), []string(nil)
	for _, s := range c.Sub {
		sub = append(sub, p.wrap(small, s, width-2*margin)...)
	}
	top := margin + 10 + 42*len(title) + 40*len(sub) + 52
	img := image.NewRGBA(image.Rect(0, 0, width, top+row*len(c.Rows)+margin))
	fill(img, img.Bounds(), paper)
	p.img = img
	y := margin - 6
	for _, s := range title {
		y += 42
		p.write(margin, y, large, ink, s)
	}
	for _, s := range sub {
		y += 40
		p.write(margin, y, small, faint, s)
	}
	bar(img, y+26, c.Done, c.Of)
	for i, r := range c.Rows {
		p.row(top+row*i, r)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&out, reduced(img)); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return out.Bytes(), nil
}

// reduced keeps the colours of the palette alone: the file is a third as large.
func reduced(img *image.RGBA) *image.Paletted {
	small := image.NewPaletted(img.Rect, palette())
	known := map[[4]uint8]uint8{}
	for i := range small.Pix {
		c := [4]uint8(img.Pix[4*i:])
		at, ok := known[c]
		if !ok {
			at = uint8(small.Palette.Index(color.RGBA{c[0], c[1], c[2], c[3]}))
			known[c] = at
		}
		small.Pix[i] = at
	}
	return small
}

// palette holds the colours and what lies between each and the paper, for smooth edges.
func palette() color.Palette {
	p := color.Palette{paper, line}
	for _, c := range []color.RGBA{ink, faint, green, blue, orange} {
		const steps = 16
		for i := 1; i <= steps; i++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(steps-i) + int(b)*i) / steps) }
			p = append(p, color.RGBA{mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 0xff})
		}
	}
	return p
}

func fill(img draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// bar shows how much is done.
func bar(img draw.Image, y int, done, of int64) {
	full := image.Rect(margin, y, width-margin, y+14)
	fill(img, full, line)
	if of > 0 {
		full.Max.X = full.Min.X + int(int64(full.Dx())*min(max(done, 0), of)/of)
		fill(img, full, green)
	}
}

func (p pen) row(y int, r Row) {
	fill(p.img, image.Rect(margin, y, width-margin, y+1), line)
	base := y + 42
	p.sign(margin+12, y+row/2, r.Mark)
	text := ink
	if r.Mark == Paid || r.Mark == Waived {
		text = faint
	}
	p.write(margin+44, base, small, text, r.Left)
	p.right(width-margin-130, base, small, text, r.Right)
	p.right(width-margin, base, tiny, hue(r.Mark), r.Status)
}

// sign draws a disc: full where something happened, a ring where it is to come.
func (p pen) sign(x, y int, m Mark) {
	const r = 10
	ring := m == "" || m == "coming" || m == Moved
	for dy := -r; dy <= r; dy++ {
		for dx := -r; dx <= r; dx++ {
			d := dx*dx + dy*dy
			if d <= r*r && (!ring || d >= (r-3)*(r-3)) {
				p.img.Set(x+dx, y+dy, hue(m))
			}
		}
	}
}
