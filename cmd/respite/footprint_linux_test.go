package main

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

const smaps = `00400000-0148a000 r-xp 00000000 fe:00 247278                             /opt/a bot/respite
Size:              16936 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
0148a000-026b7000 r--p 0108a000 fe:00 247278                             /opt/a bot/respite
Anonymous:             0 kB
026b7000-026b8000 r--p 022b7000 fe:00 247278                             /opt/a bot/respite
Anonymous:             4 kB
026b8000-02914000 rw-p 022b8000 fe:00 247278                             /opt/a bot/respite
Anonymous:             0 kB
02914000-049c0000 rw-p 00000000 00:00 0
Anonymous:             0 kB
7fff0000-7fff1000 r-xp 00000000 fe:00 1                                  /lib/libc.so
Anonymous:             0 kB
7fff2000-7fff3000 r-xp 00000000 00:00 0                                  [vdso]
Anonymous:             0 kB
`

func TestOnlyWhatIsAsInTheFileIsUnmapped(t *testing.T) {
	spans, err := untouched(strings.NewReader(smaps), "/opt/a bot/respite")
	require.NoError(t, err)
	require.Equal(t, []span{{0x400000, 0x148a000}, {0x148a000, 0x26b7000}}, spans)
}

func TestAMappingThatCannotBeReadIsSaid(t *testing.T) {
	_, err := untouched(strings.NewReader("00400000-?? r-xp 00000000 fe:00 247278 /opt/respite\n"), "/opt/respite")
	require.ErrorContains(t, err, `mapping "00400000-??"`)
}

func TestTheProgramRunsOnWithLessOfItInMemory(t *testing.T) {
	before := mappedFromFiles(t)
	lighten(zerolog.Nop())
	require.NoError(t, unmapProgram())
	require.Less(t, mappedFromFiles(t), before)
}

// mappedFromFiles is how much of this process's memory is as in a file, in KiB.
func mappedFromFiles(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(status), "RssFile:")
	require.True(t, found)
	kib, err := strconv.Atoi(strings.Fields(after)[0])
	require.NoError(t, err)
	return kib
}
