package aside_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"respite/dialog/understand/aside"
)

// Each function is called once, whoever comes first.
func TestCallIsMadeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, helped := range []bool{true, false} {
			calls := 0
			c := aside.Go(func() int { calls++; return 7 })
			if helped {
				synctest.Wait()
				require.Equal(t, 1, calls)
			}
			require.Equal(t, 7, c.Wait())
			synctest.Wait()
			require.Equal(t, 1, calls)
		}
	})
}

// A panic reaches whoever waits, with the place where it was raised.
func TestPanicReachesTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, helped := range []bool{true, false} {
			c := aside.Go(fail)
			if helped {
				synctest.Wait()
			}
			p := func() (p any) {
				defer func() { p = recover() }()
				c.Wait()
				return nil
			}()
			if !helped {
				require.Equal(t, "broken", p)
				continue
			}
			assert.Equal(t, "broken", p.(*aside.Panic).Value)
			assert.ErrorContains(t, p.(error), "aside_test.fail")
		}
	})
}

func fail() int { panic("broken") }
