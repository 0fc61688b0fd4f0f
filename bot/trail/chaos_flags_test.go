package trail

import _ "respite/bot/chaos" // its flags: they go to every test binary under bot
