// The style sheets that every window of Muster loads, in order.
import './fonts.css'
import './tokens.css'
import './base.css'
